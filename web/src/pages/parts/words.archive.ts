// Words of the sealed archive.

export const archive = {
  title: "Hồ sơ lưu trữ có niêm phong",
  what: "Một tệp ZIP gồm nhật ký, mọi phiên bản phát ngôn, tệp đính kèm, các bản xuất, điểm chốt đã ký và cách tự kiểm tra không cần máy chủ này. Dùng để nộp lưu, bàn giao cho thanh tra.",
  download: "Tải hồ sơ lưu trữ",
  unread: "Chưa đọc được tình trạng niêm phong.",
  sealed: (rev: number, at: string, stamped: boolean) =>
    `Điểm chốt mới nhất: dòng ${rev}, ký lúc ${at}, ${stamped ? "có dấu thời gian" : "chưa có dấu thời gian"}. Lập hồ sơ thì ký thêm ở dòng cuối.`,
  unsealed: "Chưa có điểm chốt nào; lập hồ sơ thì ký ở dòng cuối.",
  key: "Mã khóa của máy chủ:",
  keyName: "khóa công khai",
  how: "Kiểm tra hồ sơ",
  howLead: "Mở CACH-KIEM-TRA.txt trong hồ sơ: chỉ cần sha256sum và openssl. Có phần mềm này thì một lệnh là đủ:",
  pem: "Khóa công khai (lưu thành khoa.pem, và công bố mã khóa ở một nơi khác để người nhận đối chiếu):",
  proves: "Chứng minh được: hồ sơ không bị sửa kể từ điểm chốt. Không chứng minh được: người ghi đã ghi đúng sự thật.",
} as const;
