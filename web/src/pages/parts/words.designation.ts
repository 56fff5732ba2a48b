/** The words of designations: who speaks for the authority by which paper. */
import type { DesignationState, MandateKind } from "../../wire";

const states: Record<DesignationState, string> = {
  in_force: "Đang hiệu lực",
  not_yet: "Chưa bắt đầu",
  ended: "Đã hết hạn",
  revoked: "Đã thu hồi",
};

const kindMeans: Record<MandateKind, string> = {
  head: "nói trong mọi sự cố; có quyền ủy quyền cho người khác",
  regular: "nói trong mọi sự cố; không ủy quyền lại",
  delegated: "chỉ trong một sự cố, có thời hạn; không ủy quyền lại",
};

export const designation = {
  states,
  kindMeans,
  give: "Giao, ủy quyền phát ngôn",
  giveTitle: (name: string) => `Giao, ủy quyền phát ngôn cho ${name}`,
  lead: "Ghi lại văn bản đã ký. Chỉ người có văn bản còn hiệu lực mới phát hành được.",
  kind: "Phát ngôn với tư cách",
  instrument: "Số, ký hiệu văn bản",
  instrumentExample: "Ví dụ: 123/QĐ-UBND ngày 02/01/2026",
  instrumentMissing: "Nhập số, ký hiệu văn bản.",
  matter: "Sự cố được ủy quyền",
  matterChoose: "Chọn sự cố",
  matterMissing: "Chọn một sự cố đang mở.",
  matterNone: "Không có sự cố nào đang mở để ủy quyền.",
  by: "Người ủy quyền",
  byChoose: "Chọn người đứng đầu",
  byMissing: "Chọn người đứng đầu đã ký ủy quyền.",
  byNone: "Chưa có người đứng đầu nào đang hiệu lực. Ghi văn bản của người đứng đầu trước.",
  byHint: "Chỉ người đứng đầu được ủy quyền.",
  from: "Từ",
  fromMissing: "Nhập ngày bắt đầu.",
  until: "Đến",
  untilHint: "Để trống: không thời hạn.",
  untilNeeded: "Ủy quyền phải có ngày kết thúc.",
  endBefore: "Kết thúc không thể trước lúc bắt đầu.",
  time: "Lúc",
  timeHint: "Để trống: hết ngày.",
  timePlaceholder: "giờ:phút",
  timeWrong: "Chưa đọc được giờ. Ghi như 17:00.",
  save: "Ghi văn bản",
  saving: "Đang ghi…",
  saved: (name: string) => `Đã ghi văn bản của ${name}.`,

  none: "–",
  fromTo: (from: string, until: string) => `từ ${from} đến ${until}`,
  noEnd: (from: string) => `từ ${from}, không thời hạn`,
  delegatedBy: (name: string) => `${name} ủy quyền`,
  matterGone: "một sự cố",
  recorded: (at: string, by: string) => `Ghi lúc ${at}, ${by}`,
  revokedBy: (at: string, by: string) => `Thu hồi lúc ${at}, ${by}:`,
  older: (count: number) => `${count} văn bản đã thôi trước đó`,

  revoke: "Thu hồi",
  revokeTitle: (name: string) => `Thu hồi quyền phát ngôn của ${name}?`,
  revokeLead: "Có hiệu lực ngay khi ghi, cả ở cửa sổ đang mở. Văn bản và lý do vẫn còn để xem.",
  reason: "Lý do",
  reasonExample: "Ví dụ: Thôi giao nhiệm vụ theo Quyết định 45/QĐ-UBND",
  reasonMissing: "Nhập lý do thu hồi.",
  revoking: "Đang ghi…",
  revoked: (name: string) => `Đã thu hồi văn bản của ${name}.`,
} as const;
