// The outbox: every command keeps its id until it is answered, across a dropped connection and a reload.
import { beforeEach, describe, expect, it } from "vitest";
import type { Command } from "../wire";
import { Outbox, type Pending, Refused } from "./outbox.svelte";

const say = (text: string): Command => ({ noun: "message", verb: "send", id: `m-${text}`, text });
const approve: Command = { noun: "statement", verb: "approve", id: "s", digest: "d" };
const outlives = (command: Command) => command.noun === "message";
const open = () => new Outbox(localStorage, "outbox", outlives);
const offline = () => false;

/** A room that is reached, and what it was sent. */
function room() {
  const got: Pending[] = [];
  return { got, send: (pending: Pending) => (got.push(pending), true) };
}

beforeEach(() => localStorage.clear());

describe("a command", () => {
  it("is answered with the revision that it made, once", async () => {
    const { got, send } = room();
    const outbox = open();
    const { pending, answer } = outbox.put(say("a"), send);
    expect(got.map((one) => one.id)).toEqual([pending.id]);
    outbox.accepted(pending.id, 12);
    outbox.accepted(pending.id, 13);
    await expect(answer).resolves.toBe(12);
    expect(outbox.list).toEqual([]);
  });
  it("is refused with its words", async () => {
    const outbox = open();
    const { pending, answer } = outbox.put(approve, room().send);
    const was = outbox.refused(pending.id, new Refused("own_approval", "Người soạn không được tự duyệt."));
    await expect(answer).rejects.toMatchObject({ code: "own_approval" });
    expect(was).toEqual({ command: approve, awaited: true });
    expect(outbox.refused("unknown", new Refused("x", ""))).toBeNull();
  });
});

describe("without a connection", () => {
  it("waits, goes out in order with the same ids, and may go out twice", async () => {
    const outbox = open();
    const first = outbox.put(say("a"), offline);
    const second = outbox.put(say("b"), offline);
    expect(outbox.list.map((one) => one.sent)).toEqual([false, false]);
    const once = room();
    outbox.flush(once.send);
    // The answer is lost with the connection: everything goes out again.
    const again = room();
    outbox.flush(again.send);
    expect(once.got.map((one) => one.id)).toEqual([first.pending.id, second.pending.id]);
    expect(again.got.map((one) => one.id)).toEqual([first.pending.id, second.pending.id]);
    outbox.accepted(first.pending.id, 5);
    await expect(first.answer).resolves.toBe(5);
    expect(outbox.list.map((one) => one.id)).toEqual([second.pending.id]);
  });
  it("can be taken back only before it has left", async () => {
    const outbox = open();
    const { pending, answer } = outbox.put(say("a"), offline);
    expect(outbox.cancel(pending.id)).toBe(true);
    await expect(answer).rejects.toMatchObject({ code: "cancelled" });
    const sent = outbox.put(say("b"), room().send);
    outbox.flush(offline);
    expect(outbox.cancel(sent.pending.id)).toBe(false);
    expect(outbox.list).toHaveLength(1);
  });
});

describe("a reload", () => {
  it("keeps what may wait, with its id, and forgets the rest", () => {
    const { pending } = open().put(say("a"), offline);
    open().put(approve, offline);
    const after = open();
    const { got, send } = room();
    after.flush(send);
    expect(got.map((one) => [one.id, one.command])).toEqual([[pending.id, say("a")]]);
    after.accepted(pending.id, 9);
    expect(open().list).toEqual([]);
  });
  it("says that nobody waits for the answer any more", () => {
    const { pending } = open().put(say("a"), offline);
    const after = open();
    expect(after.refused(pending.id, new Refused("closed", "Đã kết thúc."))).toEqual({ command: say("a"), awaited: false });
  });
  it("survives rubbish in the storage", () => {
    localStorage.setItem("outbox", "{");
    expect(open().list).toEqual([]);
    localStorage.setItem("outbox", '[{"id":1}]');
    expect(open().list).toEqual([]);
  });
});
