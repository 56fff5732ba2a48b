// Words of what is to be done after all incidents, in one place.
import type { Whose } from "./review";

export const across = {
  title: "Việc sau sự cố",
  lead: "Việc mà rút kinh nghiệm của các sự cố giao ra, kể cả sự cố đã kết thúc. Mỗi việc ở lại đây đến khi được ghi đã xong hoặc thôi không làm.",
  board: "Về bảng sự cố",
  filter: "Xem việc của ai",
  whose: { mine: "Của tôi", office: "Của cơ quan tôi", all: "Tất cả" } satisfies Record<Whose, string>,
  due: (day: string) => `hạn ${day}`,
  owner: (whose: string) => `Chủ trì: ${whose}`,
  after: "Sau sự cố",
  running: "đang xử lý",
  sum: (all: number, over: number, mine: number) =>
    [`${all} việc đang làm`, ...(over > 0 ? [`${over} quá hạn`] : []), ...(mine > 0 ? [`${mine} của bạn`] : [])].join(", "),
  noneShort: "không còn việc nào đang làm",
  none: "Không có việc nào đang làm sau các sự cố",
  noneHint: "Việc được giao ở mục Rút kinh nghiệm trong phòng của sự cố, trong lúc xử lý hoặc sau khi kết thúc.",
  noneOf: { mine: "Không có việc nào chờ bạn", office: "Không có việc nào của cơ quan bạn", all: "" } satisfies Record<Whose, string>,
  showAll: "Xem tất cả",
} as const;
