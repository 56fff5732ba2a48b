// A real server for a test: the binary, a data directory of its own, its links read from what it prints.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const BINARY = process.env["PHONGTRUC_BIN"] ?? resolve(import.meta.dirname, "../../target/debug/phongtruc");
const START_MS_MAX = 60_000;

export type Mode = "demo" | "serve";

export class Server {
  /** `http://127.0.0.1:PORT` */
  origin = "";
  /** Links in the order printed: for the demonstration one per office, with the office's name. */
  links: { office: string; url: string }[] = [];
  private process: ChildProcess | null = null;
  private said = "";

  private constructor(
    readonly data: string,
    private readonly mode: Mode,
    private readonly more: string[],
  ) {}

  /** `more`: what else is said on the command line. `listen`: where, when the test has to know before. */
  static async start(mode: Mode = "demo", more: string[] = [], listen = "127.0.0.1:0"): Promise<Server> {
    if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: build it first (npm run build, then cargo build)`);
    const server = new Server(await mkdtemp(join(tmpdir(), "phongtruc-e2e-")), mode, more);
    await server.run(listen);
    return server;
  }

  /** Starts it again where it was: the same port, the same data. */
  async again(): Promise<void> {
    await this.run(new URL(this.origin).host, true);
  }

  /** The power fails. */
  async kill(): Promise<void> {
    await this.ended("SIGKILL");
  }

  /** Ends it and forgets its data. */
  async end(): Promise<void> {
    await this.ended("SIGTERM");
    await rm(this.data, { recursive: true, force: true });
  }

  /** The lines of an incident's log, as they are on disk. */
  async log(incident: string): Promise<string[]> {
    const text = await readFile(join(this.data, "incidents", `${incident}.jsonl`), "utf8");
    return text.split("\n").filter((line) => line !== "");
  }
  async incidents(): Promise<string[]> {
    const names = await readdir(join(this.data, "incidents"));
    return names.filter((name) => name.endsWith(".jsonl")).map((name) => name.slice(0, -".jsonl".length));
  }

  /** The link of the office whose name contains `part`. */
  linkOf(part: string): string {
    const link = this.links.find(({ office }) => office.includes(part));
    if (!link) throw new Error(`no link for «${part}» in:\n${this.said}`);
    return link.url;
  }

  private run(listen: string, again = false): Promise<void> {
    const quiet = this.mode === "demo" ? ["--no-colleague"] : [];
    const child = spawn(BINARY, [this.mode, "--listen", listen, "--data", this.data, ...quiet, ...this.more], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env["PATH"] ?? "" },
    });
    this.process = child;
    this.said = "";
    this.links = [];
    return new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`the server did not say that it runs:\n${this.said}`)), START_MS_MAX);
      const ended = (code: number | null) => fail(new Error(`the server ended (${code}):\n${this.said}`));
      child.once("exit", ended);
      child.stderr.on("data", (bytes: Buffer) => (this.said += bytes.toString()));
      createInterface({ input: child.stdout }).on("line", (line) => {
        this.said += `${line}\n`;
        const url = line.match(/https?:\/\/\S+/)?.[0] ?? "";
        if (url.includes("/vao#")) this.links.push({ office: line.slice(0, line.indexOf(url)).replace(/:\s*$/, "").trim(), url });
        else if (url && !this.origin) this.origin = new URL(url).origin;
        // Its last words. `serve` prints the administrator's link last, and none when there is an administrator.
        const last = this.mode === "demo" ? /Ctrl\+C/.test(line) : this.links.length > 0 || (again && line.startsWith("Dữ liệu:"));
        if (last) {
          clearTimeout(timer);
          child.off("exit", ended);
          done();
        }
      });
    });
  }

  private async ended(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }
}
