// Which page is shown: the address bar, as state. Links are plain <a href>; clicks on them stay in the page.

export type Route =
  | { page: "board" }
  | { page: "sign_in" }
  | { page: "open" }
  | { page: "room"; id: string; sid: string | null }
  | { page: "exports"; id: string }
  | { page: "accounts" }
  | { page: "actions" }
  | { page: "annual" }
  | { page: "notices" }
  | { page: "playbooks" }
  | { page: "playbook"; id: string }
  | { page: "playbook_edit"; id: string }
  | { page: "directory" }
  | { page: "search" }
  | { page: "wall" }
  | { page: "leaders" }
  | { page: "figures"; id: string }
  | { page: "purge" }
  | { page: "nowhere" };

export const paths = {
  board: "/",
  signIn: "/vao",
  open: "/mo",
  accounts: "/tai-khoan",
  actions: "/viec-sau-su-co",
  annual: "/bao-cao-nam",
  notices: "/bao-tin",
  playbooks: "/kich-ban",
  playbook: (id: string) => `/kich-ban/${id}`,
  playbookEdit: (id: string) => `/kich-ban/${id}/sua`,
  directory: "/danh-ba",
  search: "/tim",
  wall: "/man-hinh",
  leaders: "/lanh-dao",
  room: (id: string) => `/su-co/${id}`,
  statement: (id: string, sid: string) => `/su-co/${id}/phat-ngon/${sid}`,
  exports: (id: string) => `/su-co/${id}/xuat`,
  purge: (id?: string, line?: number) => `/xoa-bo${id ? `?su-co=${id}${line ? `&dong=${line}` : ""}` : ""}`,
  figures: (id: string) => `/su-co/${id}/so-lieu`,
};

export function routeOf(pathname: string): Route {
  const [first = "", id = "", part = "", sid = "", rest = ""] = pathname.split("/").filter((piece) => piece !== "");
  if (first === "") return { page: "board" };
  if (first === "vao" && !id) return { page: "sign_in" };
  if (first === "mo" && !id) return { page: "open" };
  if (first === "tai-khoan" && !id) return { page: "accounts" };
  if (first === "viec-sau-su-co" && !id) return { page: "actions" };
  if (first === "bao-cao-nam" && !id) return { page: "annual" };
  if (first === "bao-tin" && !id) return { page: "notices" };
  if (first === "kich-ban" && !sid) {
    if (!id) return { page: "playbooks" };
    if (!part) return { page: "playbook", id };
    if (part === "sua") return { page: "playbook_edit", id };
  }
  if (first === "danh-ba" && !id) return { page: "directory" };
  if (first === "tim" && !id) return { page: "search" };
  if (first === "man-hinh" && !id) return { page: "wall" };
  if (first === "xoa-bo" && !id) return { page: "purge" };
  if (first === "lanh-dao" && !id) return { page: "leaders" };
  if (first === "su-co" && id && !rest) {
    if (!part) return { page: "room", id, sid: null };
    if (part === "xuat" && !sid) return { page: "exports", id };
    if (part === "so-lieu" && !sid) return { page: "figures", id };
    if (part === "phat-ngon" && sid) return { page: "room", id, sid };
  }
  return { page: "nowhere" };
}

class Router {
  pathname = $state(location.pathname);
  search = $state(location.search);
  hash = $state(location.hash);
  route: Route = $derived(routeOf(this.pathname));

  constructor() {
    addEventListener("popstate", () => this.read());
    addEventListener("hashchange", () => this.read());
    document.addEventListener("click", (event) => this.follow(event));
  }

  /** Goes to an address of this page. */
  go(address: string, how: "push" | "replace" = "push"): void {
    if (how === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    this.read();
    if (how === "push") scrollTo(0, 0);
  }

  private read(): void {
    this.pathname = location.pathname;
    this.search = location.search;
    this.hash = location.hash;
  }

  private follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || !link.href || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
    // A link within the page (a skip link) is the browser's.
    if (url.hash && url.pathname === location.pathname && url.search === location.search) return;
    event.preventDefault();
    this.go(url.pathname + url.search + url.hash);
  }
}

export const router = new Router();
