// Words of notices: what somebody was told outside the room, how they are reached, and programs that are called.
import type { Delivery, Notice } from "../wire";
import { skippedTitle } from "../wire";
import { timeAndDay } from "../lib/time";

export const words = {
  title: "Báo tin",
  lead: "Khi có việc chờ bạn mà bạn không ở trong phòng, Phòng Trực báo qua những cách dưới đây.",
  ways: "Cách báo cho tôi",
  thisBrowser: "Trình duyệt này",
  on: "Đang bật",
  turnOn: "Bật báo tin ở trình duyệt này",
  turningOn: "Đang bật…",
  turnOff: (name: string) => `Tắt báo tin: ${name}`,
  off: "Tắt",
  since: (when: string, service: string) => `từ ${when}, qua ${service}`,
  devicesNone: "Chưa trình duyệt nào bật. Bật ở máy làm việc và ở điện thoại của bạn.",
  blocked: "Trình duyệt đang chặn thông báo của trang này. Bấm vào biểu tượng bên trái địa chỉ, cho phép Thông báo, rồi bật lại.",
  unsupported: "Trình duyệt này không nhận được báo tin. Trên iPhone: thêm trang vào màn hình chính rồi mở từ đó; hoặc dùng thư điện tử.",
  unreached: "Không đăng ký được với dịch vụ báo tin của trình duyệt. Kiểm tra mạng rồi thử lại.",
  mail: "Thư điện tử",
  mailHint: "Thư chỉ ghi số sự cố và có bao nhiêu việc chờ, không ghi nội dung.",
  noMail: "Máy chủ chưa gửi được thư; nhờ quản trị viên bật (PHONGTRUC_SMTP).",
  quiet: "Giờ yên lặng",
  quietOn: "Chỉ báo việc gấp trong khoảng giờ này",
  quietHint: "Việc không gấp chờ đến hết giờ yên lặng; việc gấp vẫn báo ngay, và người đang trực ban luôn được báo ngay. Diễn tập không báo trong giờ này.",
  from: "Từ",
  until: "Đến",
  hourWrong: "Ghi giờ như 22:00.",
  save: "Lưu",
  saved: "Đã lưu",
  tryIt: "Gửi thử",
  tried: "Đã gửi thử. Xem kết quả ở danh sách bên dưới.",
  list: "Đã báo",
  none: "Chưa có tin nào. Việc chờ bạn trong phòng vẫn hiện ở «Chờ bạn» trên mọi trang.",
  know: "Đã biết",
  knowAll: "Đã biết tất cả",
  again: "Gửi lại",
  hooks: "Chương trình nhận báo tin",
  hooksLead: "Ví dụ tổng đài SMS, phần mềm trực ban. Mỗi lần gọi có chữ ký theo Standard Webhooks; nội dung chỉ có số sự cố và số việc chờ.",
  hookName: "Tên",
  hookUrl: "Địa chỉ (https)",
  hookOffice: "Cho cơ quan",
  hookAll: "Mọi cơ quan",
  addHook: "Thêm chương trình",
  stopHook: (name: string) => `Dừng gọi ${name}`,
  stop: "Dừng",
  stopped: (name: string, when: string) => `đã dừng, ${name}, ${when}`,
  secret: "Khóa ký của chương trình này. Chép ngay, trang sẽ không hiện lại:",
  copied: "Đã chép",
  copy: "Chép",
  noHooks: "Chưa có chương trình nào.",
  calls: "Lần gọi gần đây",
  exercise: "DIỄN TẬP",
  step: { first: "", again: "Nhắc lại", leads: "Báo lên người phụ trách" } as const,
  about: (name: string) => `${name} chưa phản hồi`,
  way: { push: "trình duyệt", mail: "thư", hook: "chương trình" } as const,
};

/** One delivery in words: how, and what became of it. */
export function deliveryWords(delivery: Delivery, deviceName: (id: string) => string | null): string {
  const { way, progress } = delivery;
  const how = way === null ? "" : way.way === "push" ? `${words.way.push} ${deviceName(way.device) ?? ""}`.trim() : way.way === "mail" ? `${words.way.mail} ${way.address}` : words.way.hook;
  const name = how === "" ? "" : `${how}: `;
  switch (progress.state) {
    case "due":
      if (progress.last) return `${name}lần ${progress.tries} không được (${progress.last}), thử lại lúc ${timeAndDay(progress.at)}`;
      return name + (progress.quiet ? `giờ yên lặng, gửi lúc ${timeAndDay(progress.at)}` : "đang gửi");
    case "skipped":
      return name + skippedTitle[progress.why];
    case "sent":
      return `${name}đã gửi ${timeAndDay(progress.at)}${progress.tries > 1 ? `, ở lần thứ ${progress.tries}` : ""}`;
    case "failed":
      return `${name}không gửi được sau ${progress.tries} lần: ${progress.why}`;
  }
}

/** Whether something of it was given up. */
export const isGivenUp = (notice: Notice): boolean => notice.deliveries.some((it) => it.progress.state === "failed");

/** Where a notice stands with the person. */
export function standing(notice: Notice): string {
  if (notice.settled_at) return `đã xong ${timeAndDay(notice.settled_at)}`;
  if (notice.seen_at) return `đã biết ${timeAndDay(notice.seen_at)}`;
  return notice.matter ? "đang chờ" : "";
}
