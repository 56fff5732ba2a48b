// Every word of the interface, in one typed dictionary. Vietnamese for now; a second language would be a second
// object of the type Words, and a missing word would not compile.
import type { Role } from "../wire";
import { claim } from "./words.claim";
import { desk } from "./words.desk";
import { fact } from "./words.fact";
import { plan } from "./words.plan";
import { annual, press } from "./words.press";
import { release } from "./words.release";
import { room } from "./words.room";
import { brief, seats, shift } from "./words.shift";
import { statement } from "./words.statement";

const roles: Record<Role, string> = {
  head: "Tổ trưởng",
  secretary: "Thư ký Tổ",
  duty: "Trực",
  spokesperson: "Người phát ngôn",
  field: "Cán bộ hiện trường",
  observer: "Theo dõi",
  admin: "Quản trị",
  service: "Dịch vụ theo dõi báo chí",
  room: "Hệ thống",
};

export const vi = {
  product: "Phòng Trực",
  roles,
  exercise: "DIỄN TẬP",
  exerciseLong: "Diễn tập – không phải sự cố thật",
  level: (level: number) => `Mức ${level}`,
  app: {
    loading: "Đang tải…",
    retry: "Thử lại",
    retrying: "Trang tự thử lại vài giây một lần.",
    back: "Quay lại",
    nowhere: "Không có trang này",
    nowhereHint: "Địa chỉ có thể bị gõ sai hoặc đã cũ.",
    toBoard: "Về danh sách sự cố",
    board: "Sự cố",
    open: "Mở sự cố",
    accounts: "Tài khoản",
    notices: "Báo tin",
    playbooks: "Kịch bản",
    directory: "Danh bạ",
    search: "Tìm",
    searchHint: "Tìm trong mọi sự cố (phím / hoặc Ctrl+K)",
    leaders: "Lãnh đạo",
    wall: "Màn hình",
    signOut: "Đăng xuất",
    you: "Bạn",
    theme: "Nền",
    themeDevice: "Theo máy",
    themeLight: "Sáng",
    themeDark: "Tối",
    skip: "Tới nội dung chính",
    demo: "Bản trình diễn: số liệu mô phỏng",
    colleague: "Đồng nghiệp mô phỏng",
    colleagueOn: "Tắt đồng nghiệp mô phỏng",
    colleagueOff: "Bật đồng nghiệp mô phỏng",
    menu: "Tài khoản và cài đặt",
    stale: "Chương trình trên máy chủ đã được cập nhật. Hãy tải lại trang.",
    reload: "Tải lại trang",
  },
  ui: {
    close: "Đóng",
    cancel: "Thôi",
    save: "Lưu",
    optional: "không bắt buộc",
    required: "bắt buộc",
    notices: "Thông báo",
    over: "QUÁ HẠN",
    overBy: (length: string) => `quá ${length}`,
    left: "còn",
    copied: "Đã chép.",
    copyFailed: "Trình duyệt không cho chép. Hãy bôi đen rồi chép bằng tay.",
    timeReads: (day: string, time: string, ago: string) => `${time}, ${day} (${ago})`,
    timeEmpty: "Để trống: lấy giờ hiện tại",
    timeWrong: "Chưa đọc được ngày giờ. Thí dụ: 21:04 và 10/9",
    timeOfDay: "Giờ",
    timePlaceholder: "giờ:phút",
    day: "Ngày",
    dayPlaceholder: "ngày/tháng",
    timeNow: "Bây giờ",
    timeAhead: (minutes: number) => `Sau ${minutes} phút`,
  },
  api: {
    offline: "Không tới được máy chủ. Kiểm tra mạng rồi thử lại; việc đang làm vẫn còn trên máy này.",
    signIn: "Phiên làm việc đã hết. Hãy đăng nhập lại.",
    notFound: "Không tìm thấy, hoặc bạn không có quyền xem.",
    status: (status: number) => `Máy chủ trả lời không như mong đợi (mã ${status}). Hãy thử lại sau ít phút.`,
    unexpected: "Có lỗi ngoài dự kiến trong trang. Hãy tải lại trang; việc chưa gửi vẫn được giữ.",
  },
  room,
  seats,
  shift,
  brief,
  statement,
  desk,
  release,
  annual,
  claim,
  press,
  fact,
  plan,
};

export type Words = typeof vi;
/** The words in use. */
export const w: Words = vi;
