// The few HTTP calls, typed. A call that fails throws ApiError, whose words can be shown as they are.
import type {
  Account,
  AnnualPage,
  Choices,
  ClippingReading,
  CorrectedSpokesperson,
  DirectoryDay,
  EndedService,
  EndedSpokesperson,
  Figure,
  Found,
  FunctionChoice,
  HeldTask,
  IssuedToken,
  Leaving,
  Link,
  LinePage,
  LinkPurpose,
  Matter,
  Me,
  Member,
  NewAccount,
  NewDesignation,
  NewPlaybookVersion,
  NewPosition,
  NewProfile,
  NewRevocation,
  NewService,
  NewSpokespersons,
  NewerPlaybook,
  NoticeDone,
  NoticePage,
  NoticeRequest,
  OfficeChoice,
  OfficePress,
  OpenAction,
  PaperOffers,
  OpenRequest,
  Opened,
  Outlook,
  Patch,
  PlaybookChecked,
  PlaybookComparison,
  PlaybookEdition,
  PlaybookLessons,
  PlaybookList,
  PlaybookPage,
  PlaybookVersion,
  PressRequest,
  Problem,
  PublishedSpokespersons,
  PurgeDone,
  Sealed,
  PurgeOrder,
  PurgePlace,
  PurgeQuestion,
  PurgeSurvey,
  Schedule,
  ScheduleRequest,
  ServiceRow,
  SignIn,
  SignInByLink,
  SpokespersonList,
  SpokespersonReading,
  SpokespersonTable,
  StatementStep,
  Summary,
  Upload,
  UploadRequest,
  YardstickReading,
} from "../wire";
import type { IncidentWaits } from "../wire";
import { w } from "./words";

/** The forms in which an incident leaves the program, as its addresses call them. */
export type ExportFormat = "html" | "pdf" | "xlsx" | "csv" | "md" | "ics" | "cap" | "json";
/** For whom an export is. */
export type Variant = "internal" | "inspection" | "redacted";
/** In whose name a document is issued, in which of the ways of signing, and by whom. */
export type PaperIssue = { issuer?: string; sign: number; signer: string };
/** A file of an incident that is being made. */
export type ExportJob = { id: string; name: string } & ({ state: "waiting" } | { state: "working"; step: number; of: number; words: string } | { state: "done"; bytes: number } | { state: "failed"; words: string });

/** A call that failed. `status` 0: the server was not reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly words: string,
  ) {
    super(words);
  }
}

/** What to show for any thrown value. */
export function wordsOf(error: unknown): string {
  return error instanceof ApiError ? error.words : w.api.unexpected;
}

let signedOut: () => void = () => {};
/** Called when the server no longer knows the session. Set once, by the session. */
export function onSignedOut(then: () => void): void {
  signedOut = then;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type Sent = { name?: string; offset?: number; signal?: AbortSignal | undefined };

async function call<T>(method: Method, path: string, body?: unknown, asks: "session" | "nothing" = "session", sent: Sent = {}): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (method !== "GET") headers["x-phongtruc"] = "1";
  // A file goes as it is, under its own type.
  if (body !== undefined) headers["content-type"] = body instanceof Blob ? body.type || "application/octet-stream" : "application/json";
  // Headers hold ASCII only.
  if (sent.name !== undefined) headers["x-file-name"] = encodeURIComponent(sent.name);
  if (sent.offset !== undefined) headers["upload-offset"] = String(sent.offset);
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      ...(sent.signal ? { signal: sent.signal } : {}),
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    });
  } catch (error) {
    if (sent.signal?.aborted) throw error;
    throw new ApiError(0, "offline", w.api.offline);
  }
  if (answer.ok) {
    const text = await answer.text();
    return (text ? JSON.parse(text) : undefined) as T;
  }
  const problem = await problemOf(answer);
  if (answer.status === 401 && asks === "session") signedOut();
  throw new ApiError(answer.status, problem.code, problem.words);
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const read: unknown = await answer.json();
    if (read && typeof read === "object" && "words" in read && typeof read.words === "string" && read.words) {
      return { code: "code" in read ? String(read.code) : "", words: read.words };
    }
  } catch {
    // Not our server's words (a proxy's page, perhaps): ours are used.
  }
  const words = answer.status === 401 ? w.api.signIn : answer.status === 404 ? w.api.notFound : w.api.status(answer.status);
  return { code: String(answer.status), words };
}

const query = (entries: Record<string, string>) => new URLSearchParams(entries).toString();
const id = encodeURIComponent;

export const api = {
  me: () => call<Me>("GET", "/api/session", undefined, "nothing"),
  signIn: (body: SignIn) => call<void>("POST", "/api/session", body, "nothing"),
  signInByLink: (body: SignInByLink) => call<void>("POST", "/api/session/link", body, "nothing"),
  linkPurpose: (token: string) => call<LinkPurpose>("POST", "/api/link", { token }, "nothing"),
  signOut: () => call<void>("DELETE", "/api/session"),

  incidents: () => call<Summary[]>("GET", "/api/incidents"),
  find: (asked: Record<string, string>) => call<Found>("GET", `/api/find?${query(asked)}`),
  outlook: () => call<Outlook>("GET", "/api/outlook"),
  figures: (incident: string) => call<Figure[]>("GET", `/api/incidents/${id(incident)}/figures`),
  yardstick: (incident: string) => call<YardstickReading[]>("GET", `/api/incidents/${id(incident)}/yardstick`),
  openIncident: (body: OpenRequest) => call<Opened>("POST", "/api/incidents", body),
  playbooks: () => call<PlaybookList>("GET", "/api/playbooks"),
  playbook: (playbook: string) => call<PlaybookPage>("GET", `/api/playbooks/${id(playbook)}`),
  playbookEdition: (playbook: string, version: number) => call<PlaybookEdition>("GET", `/api/playbooks/${id(playbook)}/versions/${version}`),
  checkPlaybook: (playbook: string, text: string) => call<PlaybookChecked>("POST", `/api/playbooks/${id(playbook)}/check`, { text }),
  schedule: (playbook: string, body: ScheduleRequest) => call<Schedule>("POST", `/api/playbooks/${id(playbook)}/schedule`, body),
  publishPlaybook: (playbook: string, body: NewPlaybookVersion) => call<PlaybookVersion>("POST", `/api/playbooks/${id(playbook)}`, body),
  playbookDiff: (playbook: string, from: number, to: number) =>
    call<PlaybookComparison | null>("GET", `/api/playbooks/${id(playbook)}/diff?${query({ from: String(from), to: String(to) })}`),
  playbookLessons: (playbook: string) => call<PlaybookLessons[]>("GET", `/api/playbooks/${id(playbook)}/lessons`),
  newer: (incident: string) => call<NewerPlaybook[]>("GET", `/api/incidents/${id(incident)}/newer`),
  lessons: (incident: string) => call<PlaybookLessons[]>("GET", `/api/incidents/${id(incident)}/lessons`),
  choices: (q = "") => call<Choices>("GET", `/api/choices?${query({ q })}`),
  offices: (on: string) => call<OfficeChoice[]>("GET", `/api/offices?${query({ on })}`),
  communes: (on: string) => call<{ code: string; name: string }[]>("GET", `/api/communes?${query({ on })}`),
  olderTalk: (incident: string, before: number) =>
    call<Patch>("GET", `/api/incidents/${id(incident)}/talk?${query({ before: String(before) })}`),
  readClippings: (incident: string, file: Blob) => call<ClippingReading>("POST", `/api/incidents/${id(incident)}/clippings/table`, file),
  services: (incident: string | null) => call<ServiceRow[]>("GET", `/api/services${incident === null ? "" : `?${query({ incident })}`}`),
  issueToken: (body: NewService) => call<IssuedToken>("POST", "/api/services", body),
  endService: (service: string, body: EndedService) => call<void>("POST", `/api/services/${id(service)}/end`, body),
  members: (incident: string) => call<Member[]>("GET", `/api/incidents/${id(incident)}/members`),
  older: (incident: string, before: number) =>
    call<Patch>("GET", `/api/incidents/${id(incident)}/page?${query({ before: String(before) })}`),
  lines: (incident: string, asked: Record<string, string>, signal?: AbortSignal) =>
    call<LinePage>("GET", `/api/incidents/${id(incident)}/lines?${query(asked)}`, undefined, "session", { signal }),
  history: (incident: string, statement: string) => call<StatementStep[]>("GET", `/api/incidents/${id(incident)}/statements/${id(statement)}/history`),
  beginUpload: (incident: string, file: UploadRequest, signal?: AbortSignal) =>
    call<Upload>("POST", `/api/incidents/${id(incident)}/uploads`, file, "session", { signal }),
  uploadPiece: (incident: string, { digest, size, name }: UploadRequest, offset: number, piece: Blob, signal?: AbortSignal) =>
    call<Upload>("PATCH", `/api/incidents/${id(incident)}/uploads/${id(digest)}/${size}`, piece, "session", { name, offset, signal }),
  forgetUpload: (incident: string, digest: string, size: number) =>
    call<void>("DELETE", `/api/incidents/${id(incident)}/uploads/${id(digest)}/${size}`),
  attachmentHref: (incident: string, digest: string) => `/api/incidents/${id(incident)}/attachments/${id(digest)}`,
  previewHref: (incident: string, digest: string, size: "small" | "large") =>
    `/api/incidents/${id(incident)}/attachments/${id(digest)}/preview/${size}`,
  /** Why a picture has no preview, in words. */
  whyNoPreview: async (href: string): Promise<string> => {
    try {
      return (await problemOf(await fetch(href, { credentials: "same-origin", cache: "no-store" }))).words;
    } catch {
      return w.api.offline;
    }
  },
  notices: (after?: number) => call<NoticePage>("GET", `/api/notices${after === undefined ? "" : `?after=${after}`}`),
  askNotices: (request: NoticeRequest) => call<NoticeDone>("POST", "/api/notices", request),
  actions: () => call<OpenAction[]>("GET", "/api/actions"),
  waiting: () => call<IncidentWaits[]>("GET", "/api/waiting"),
  papers: (incident: string) => call<PaperOffers>("GET", `/api/incidents/${id(incident)}/papers`),
  makePaper: (incident: string, paper: string, file: "docx" | "pdf", issue: PaperIssue, variant: Variant) =>
    call<ExportJob>("POST", `/api/incidents/${id(incident)}/papers/${id(paper)}/${file}`, { ...issue, variant }),
  exportHref: (incident: string, format: ExportFormat, variant: Variant) => `/api/incidents/${id(incident)}/export/${format}?${query({ variant })}`,
  makeExport: (incident: string, format: ExportFormat, variant: Variant) => call<ExportJob>("POST", `/api/incidents/${id(incident)}/exports`, { format, variant }),
  exportJob: (incident: string, job: string) => call<ExportJob>("GET", `/api/incidents/${id(incident)}/exports/${id(job)}`),
  cancelExport: (incident: string, job: string) => call<void>("DELETE", `/api/incidents/${id(incident)}/exports/${id(job)}`),
  exportSchemaHref: "/api/exports/schema",
  exportFileHref: (incident: string, job: string) => `/api/incidents/${id(incident)}/exports/${id(job)}/file`,
  sealed: (incident: string) => call<Sealed>("GET", `/api/incidents/${id(incident)}/sealed`),
  makeArchive: (incident: string) => call<ExportJob>("POST", `/api/incidents/${id(incident)}/archive`),

  annual: (year: number | null) => call<AnnualPage>("GET", `/api/annual${year === null ? "" : `?${query({ year: String(year) })}`}`),
  annualHref: (year: number, format: "html" | "pdf" | "csv" | "json") => `/api/annual/export/${format}?${query({ year: String(year) })}`,
  press: () => call<OfficePress>("GET", "/api/press"),
  keepPress: (body: PressRequest) => call<void>("POST", "/api/press", body),

  functions: () => call<FunctionChoice[]>("GET", "/api/functions"),
  accounts: () => call<Account[]>("GET", "/api/accounts"),
  newAccount: (body: NewAccount) => call<Link>("POST", "/api/accounts", body),
  heldTasks: (person: string) => call<HeldTask[]>("GET", `/api/accounts/${id(person)}/tasks`),
  disableAccount: (person: string, body: Leaving) => call<void>("POST", `/api/accounts/${id(person)}/disable`, body),
  setPosition: (person: string, body: NewPosition) => call<void>("POST", `/api/accounts/${id(person)}/positions`, body),
  enableAccount: (person: string) => call<void>("POST", `/api/accounts/${id(person)}/enable`),
  linkForAccount: (person: string) => call<Link>("POST", `/api/accounts/${id(person)}/link`),
  setProfile: (person: string, body: NewProfile) => call<void>("POST", `/api/accounts/${id(person)}/profile`, body),
  purgePlaces: () => call<PurgePlace[]>("GET", "/api/purges"),
  purgeSurvey: (incident: string, body: PurgeQuestion) => call<PurgeSurvey>("POST", `/api/purges/${id(incident)}/survey`, body),
  purge: (incident: string, body: PurgeOrder) => call<PurgeDone>("POST", `/api/purges/${id(incident)}`, body),
  matters: () => call<Matter[]>("GET", "/api/matters"),
  designate: (person: string, body: NewDesignation) => call<void>("POST", `/api/accounts/${id(person)}/designations`, body),
  revoke: (person: string, number: number, body: NewRevocation) =>
    call<void>("POST", `/api/accounts/${id(person)}/designations/${number}/revoke`, body),

  directory: (on: string) => call<DirectoryDay>("GET", `/api/directory?${query({ on })}`),
  spokespersons: (on: string) => call<SpokespersonList>("GET", `/api/spokespersons?${query({ on })}`),
  listSpokespersons: (body: NewSpokespersons) => call<void>("POST", "/api/spokespersons", body),
  correctSpokesperson: (row: string, body: CorrectedSpokesperson) => call<void>("POST", `/api/spokespersons/${id(row)}/correct`, body),
  endSpokesperson: (row: string, body: EndedSpokesperson) => call<void>("POST", `/api/spokespersons/${id(row)}/end`, body),
  publishSpokespersons: (body: PublishedSpokespersons) => call<void>("POST", "/api/spokespersons/published", body),
  readTable: (body: SpokespersonTable) => call<SpokespersonReading>("POST", "/api/spokespersons/table", body),
  spokespersonsHref: (format: "csv" | "json", on: string) => `/api/spokespersons/export/${format}?${query({ on })}`,

  colleague: (on: boolean) => call<void>("PUT", "/api/colleague", { on }),
};
