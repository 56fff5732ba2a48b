// Sending a file up through a bad network: every byte once and in order, whatever is cut, and what cannot be is said.
// @vitest-environment node
// (the other one's files cannot be read)
import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "./api";
import { CALLED_OFF, type Phase, unfit, upload } from "./upload";

const bytes = Uint8Array.from({ length: 700_000 }, (_, n) => (n * 31) % 251);
const digest = createHash("sha256").update(bytes).digest("hex");
const blob = (): Blob => new Blob([bytes], { type: "video/mp4" });
const attachment = { digest, name: "lũ.mp4", size: bytes.length, media: "video/mp4" };

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

/** A server that keeps what it is sent, and asks `weather` before each answer. */
class Server {
  kept: number[] = [];
  calls: string[] = [];
  forgotten = 0;
  constructor(readonly weather: (call: string, server: Server) => Response | null = () => null) {}
  answer = async (path: string, init: RequestInit): Promise<Response> => {
    const from = Number(new Headers(init.headers).get("upload-offset"));
    const call = init.method === "PATCH" ? `piece ${from}` : init.method === "POST" ? "begin" : "forget";
    this.calls.push(call);
    if (init.signal?.aborted) throw new TypeError("aborted");
    const bad = this.weather(call, this);
    if (bad) return bad;
    if (call === "forget") {
      this.forgotten += 1;
      return new Response(null, { status: 200 });
    }
    if (call === "begin") {
      expect(path).toBe("/api/incidents/i/uploads");
      expect(JSON.parse(String(init.body))).toEqual({ digest, size: bytes.length, name: "lũ.mp4" });
      return json(200, { offset: this.kept.length, attachment: null });
    }
    expect(path).toBe(`/api/incidents/i/uploads/${digest}/${bytes.length}`);
    if (from !== this.kept.length) return json(409, { code: "upload_offset", words: "Phần gửi không nối tiếp." });
    await this.take(init.body as Blob);
    const whole = this.kept.length === bytes.length;
    return json(200, { offset: this.kept.length, attachment: whole ? attachment : null });
  };
  async take(piece: Blob): Promise<void> {
    const came = new Uint8Array(await piece.arrayBuffer());
    this.kept = this.kept.concat(Array.from(came));
  }
}

function serve(server: Server): void {
  vi.stubGlobal("fetch", server.answer);
  // Pauses are over at once, a piece never takes too long, and nobody says that the network is back.
  vi.stubGlobal("setTimeout", (run: () => void, ms: number) => (ms < 60_000 ? setImmediate(run) : null));
  vi.stubGlobal("clearTimeout", (timer: NodeJS.Immediate | null) => timer && clearImmediate(timer));
  for (const name of ["addEventListener", "removeEventListener"]) vi.stubGlobal(name, () => {});
}
const same = (kept: number[]) => createHash("sha256").update(Uint8Array.from(kept)).digest("hex") === digest;

afterEach(() => vi.unstubAllGlobals());

describe("a file", () => {
  it("goes up in pieces that grow, with its progress", async () => {
    const server = new Server();
    serve(server);
    const progress: number[] = [];
    const phases: Phase[] = [];
    const onprogress = (sent: number, of: number) => void progress.push(sent / of);
    await expect(upload("i", blob(), "lũ.mp4", { onprogress, onphase: (phase) => phases.push(phase) })).resolves.toEqual(attachment);
    expect(same(server.kept)).toBe(true);
    expect(server.calls).toEqual(["begin", "piece 0", "piece 131072", "piece 393216"]);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect([progress[0], progress.at(-1)]).toEqual([0, 1]);
    expect(phases[0]).toBe("reading");
    expect(phases).not.toContain("waiting");
  });

  it("goes on where the server is after cuts, and says that it waits", async () => {
    let cuts = 0;
    const server = new Server((call, here) => {
      if (!call.startsWith("piece") || cuts >= 4) return null;
      cuts += 1;
      // Of what was on its way, something came.
      here.kept = [...bytes.slice(0, here.kept.length + 10_000)];
      if (cuts === 2) return json(503, { code: "starting", words: "Máy chủ đang khởi động." });
      throw new TypeError("network");
    });
    serve(server);
    const phases: Phase[] = [];
    await expect(upload("i", blob(), "lũ.mp4", { onphase: (phase) => phases.push(phase) })).resolves.toEqual(attachment);
    expect(same(server.kept)).toBe(true);
    expect(phases.filter((phase) => phase === "waiting")).toHaveLength(4);
    expect(server.calls.filter((call) => call === "begin")).toHaveLength(5);
  });

  it("begins anew when the server has nothing of it any more", async () => {
    let gone = false;
    const server = new Server((call, here) => {
      if (call === "piece 0" || gone || !call.startsWith("piece")) return null;
      gone = true;
      here.kept = [];
      return json(410, { code: "upload_gone", words: "Không còn." });
    });
    serve(server);
    await expect(upload("i", blob(), "lũ.mp4")).resolves.toEqual(attachment);
    expect(same(server.kept)).toBe(true);
  });

  it("is not sent again when the server has it", async () => {
    const server = new Server((call) => (call === "begin" ? json(200, { offset: bytes.length, attachment }) : null));
    serve(server);
    await expect(upload("i", blob(), "lũ.mp4")).resolves.toEqual(attachment);
    expect(server.calls).toEqual(["begin"]);
  });

  it("is refused in the server's words, once", async () => {
    const server = new Server((call) => (call.startsWith("piece") ? json(507, { code: "disk_full", words: "Máy chủ không còn chỗ." }) : null));
    serve(server);
    await expect(upload("i", blob(), "lũ.mp4")).rejects.toMatchObject({ status: 507, words: "Máy chủ không còn chỗ." });
    expect(server.calls).toEqual(["begin", "piece 0"]);
  });

  it("that never gets further ends with words", async () => {
    const server = new Server((call) => (call.startsWith("piece") ? json(409, { code: "upload_offset", words: "Không nối tiếp." }) : null));
    serve(server);
    await expect(upload("i", blob(), "lũ.mp4")).rejects.toBeInstanceOf(ApiError);
  });

  it("is forgotten by the server when it is called off, and waits there otherwise", async () => {
    for (const reason of [CALLED_OFF, undefined]) {
      const stop = new AbortController();
      const server = new Server((call) => {
        if (call.startsWith("piece")) stop.abort(reason);
        return null;
      });
      serve(server);
      await expect(upload("i", blob(), "lũ.mp4", { signal: stop.signal })).rejects.toMatchObject({ name: "AbortError" });
      expect(server.forgotten).toBe(reason ? 1 : 0);
    }
  });
});

describe("what cannot be sent", () => {
  it("is said before anything is", () => {
    const of = (type: string, size: number) => Object.defineProperty(new Blob([], { type }), "size", { value: size });
    expect(unfit(of("image/png", 0), "a.png")).toMatch(/không có nội dung/);
    expect(unfit(of("image/jpeg", 80e6), "a.jpg")).toMatch(/^a\.jpg: 80 MB, nhiều nhất 50 MB/);
    expect(unfit(of("video/mp4", 80e6), "a.mp4")).toBeNull();
    expect(unfit(of("video/mp4", 501e6), "a.mp4")).toMatch(/nhiều nhất 500 MB/);
    expect(unfit(of("application/octet-stream", 300e6), "a")).toBeNull();
  });
});
