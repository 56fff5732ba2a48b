// What somebody wants to see of the timeline, as the address says it. What arrives is judged by the same rules as on
// the server (src/domain/line/filter.rs); tests/line_filter.json holds both to them.
import { fold, wantedWords } from "../lib/fold";
import { fromInput, toInput } from "../lib/time";
import { lineKindTitle, type Line, type LineKind, type LineOrder } from "../wire";

export type Filter = {
  office: string | null;
  kind: LineKind | null;
  phase: string | null;
  person: string | null;
  /** Moments, both included. */
  from: string | null;
  to: string | null;
  /** By which time lines stand, and from–to is meant. */
  order: LineOrder;
  words: string;
  /** Only what belongs in the report. */
  report: boolean;
};

export const NONE: Filter = { office: null, kind: null, phase: null, person: null, from: null, to: null, order: "recorded", words: "", report: false };

/** The fields that hide lines, by their names in the address. */
const NAMES = { office: "co-quan", kind: "loai", phase: "giai-doan", person: "nguoi", from: "tu", to: "den", words: "tim", report: "bao-cao" } as const;
export type Field = keyof typeof NAMES;
export const FIELDS = Object.keys(NAMES) as Field[];
const ORDER = "theo";
const OCCURRED = "xay-ra";
const RECORDED = "luc-ghi";
/** A minute that is typed is meant with all its seconds. */
const REST_OF_MINUTE = 59_999;

export const isSet = (filter: Filter, field: Field): boolean => filter[field] !== NONE[field] && filter[field] !== "";
export const setFields = (filter: Filter): Field[] => FIELDS.filter((field) => isSet(filter, field));
export const isFiltering = (filter: Filter): boolean => setFields(filter).length > 0;

/** A minute that somebody typed as an end: with all its seconds. */
export const endOf = (minute: string | null): string | null => minute && new Date(Math.floor(Date.parse(minute) / 60_000) * 60_000 + REST_OF_MINUTE).toISOString();

/** What an address asks for; `order` is the device's own where it says nothing. */
export function fromSearch(search: string, order: LineOrder): Filter {
  const asked = new URLSearchParams(search);
  const get = (field: Field) => asked.get(NAMES[field])?.trim() || null;
  const kind = get("kind");
  const said = asked.get(ORDER);
  return {
    office: get("office"),
    kind: kind !== null && kind in lineKindTitle ? (kind as LineKind) : null,
    phase: get("phase"),
    person: get("person"),
    from: fromInput(get("from") ?? ""),
    to: endOf(fromInput(get("to") ?? "")),
    order: said === OCCURRED ? "occurred" : said === RECORDED ? "recorded" : order,
    words: get("words") ?? "",
    report: get("report") === "1",
  };
}

/** The address's search part; what else stands in it stays. A filter always says its order: it may be shared. */
export function toSearch(filter: Filter, search = ""): string {
  const asked = new URLSearchParams(search);
  for (const field of FIELDS) {
    const value = filter[field];
    if (!isSet(filter, field) || value === null) asked.delete(NAMES[field]);
    else asked.set(NAMES[field], value === true ? "1" : field === "from" || field === "to" ? toInput(String(value)) : String(value));
  }
  if (isFiltering(filter)) asked.set(ORDER, filter.order === "occurred" ? OCCURRED : RECORDED);
  else asked.delete(ORDER);
  const text = asked.toString();
  return text ? `?${text}` : "";
}

/** What the server is asked. */
export function toQuery(filter: Filter): Record<string, string> {
  const query: Record<string, string> = { order: filter.order };
  for (const field of setFields(filter)) query[field] = String(filter[field]);
  return query;
}

const folded = new WeakMap<Line, string>();
/** Everything in a line that is looked for by words, folded once. */
function foldedWords(line: Line): string {
  let text = folded.get(line);
  if (text === undefined) folded.set(line, (text = fold([line.text, line.source, line.reason].filter(Boolean).join("\n"))));
  return text;
}

export const timeOf = (line: Line, order: LineOrder): number => Date.parse(order === "occurred" ? line.occurred_at : line.by.at);

/** Whether a line fits; made once per filter, because its words are folded and its moments read. */
export function fitting(filter: Filter): (line: Line) => boolean {
  const words = wantedWords(filter.words);
  const [from, to] = [filter.from === null ? -Infinity : Date.parse(filter.from), filter.to === null ? Infinity : Date.parse(filter.to)];
  return (line) => {
    if (filter.office !== null && line.by.office !== filter.office) return false;
    if (filter.kind !== null && line.kind !== filter.kind) return false;
    if (filter.phase !== null && line.phase !== filter.phase) return false;
    if (filter.person !== null && line.by.person !== filter.person) return false;
    if (filter.report && !line.report) return false;
    const at = timeOf(line, filter.order);
    if (at < from || at > to) return false;
    return words.length === 0 || words.every((word) => foldedWords(line).includes(word));
  };
}

/** Newest first: by when it happened, or as the log has it. */
export function newestFirst(order: LineOrder): (a: Line, b: Line) => number {
  const byLog = (a: Line, b: Line) => b.id[0] - a.id[0] || b.id[1] - a.id[1];
  return order === "recorded" ? byLog : (a, b) => Date.parse(b.occurred_at) - Date.parse(a.occurred_at) || byLog(a, b);
}
