// Words about state secrets, which do not belong here.
export const words = {
  banner: "Không đưa nội dung bí mật nhà nước vào phòng này.",
  title: (stamp: string) => `Nội dung vừa dán có dấu ${stamp}?`,
  law: "Không được soạn thảo, lưu giữ bí mật nhà nước trên máy nối mạng.",
  what: "Chưa có gì được dán hay gửi đi. Nếu đây là văn bản có dấu mật, đừng dán; hãy trao đổi bằng kênh cơ yếu của cơ quan.",
  leave: "Không dán",
  insert: "Không phải bí mật, cứ dán",
};
