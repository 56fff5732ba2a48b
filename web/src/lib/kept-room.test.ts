// What a device keeps of a room and of drafts: all that arrived, in whatever table, and nothing after the session.
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Patch } from "../wire";
import { forgetRooms, type KeptRoom, keepRoom, keptRooms, keyOf, readRoom, Rows, SHAPE } from "./kept-room";
import { forgetText, forgetTexts, keepText, type KeptText, readText, textKey } from "./kept-text";

const patch = (patch: object) => patch as unknown as Patch;
const room = (incident: string, person: string, at: number): KeptRoom => ({
  key: keyOf(incident, person),
  incident,
  number: "SC-2026-0001",
  title: "Thử",
  shape: SHAPE,
  drafts: true,
  patch: patch({ from: 0, rev: 3 }),
  head: "h",
  at,
});

const text = (statement: string, at: number): KeptText => ({ key: textKey("i", statement, "p"), state: new Uint8Array([1]), rev: at, at });

beforeEach(() => forgetRooms());

describe("rows", () => {
  it("are joined as they arrive, tables that nobody named here too", () => {
    const rows = new Rows();
    rows.add(patch({ from: 0, rev: 2, header: { rev: 1 }, talk_from: 1, some_table: [{ id: "a", rev: 1, text: "một" }], lines: [{ id: [1, 0], rev: 1 }] }));
    rows.add(patch({ from: 2, rev: 4, some_table: [{ id: "b", rev: 3 }, { id: "a", rev: 4, text: "hai" }], lines: [{ id: [3, 0], rev: 3 }] }));
    expect(rows.patch()).toEqual({
      from: 0,
      rev: 4,
      header: { rev: 1 },
      talk_from: 1,
      some_table: [{ id: "b", rev: 3 }, { id: "a", rev: 4, text: "hai" }],
      lines: [{ id: [1, 0], rev: 1 }, { id: [3, 0], rev: 3 }],
    });
  });
  it("begin anew when the room does", () => {
    const rows = new Rows();
    rows.add(patch({ from: 0, rev: 2, header: { rev: 1 }, tasks: [{ id: "t", rev: 1 }] }));
    rows.add(patch({ from: 0, rev: 1, messages: [{ id: "m", rev: 1 }] }));
    expect(rows.patch()).toEqual({ from: 0, rev: 1, messages: [{ id: "m", rev: 1 }] });
  });
});

describe("rooms", () => {
  it("are read by who kept them, and only by them", async () => {
    await keepRoom(room("i", "p", 1));
    expect((await readRoom("i", "p"))?.patch.rev).toBe(3);
    expect(await readRoom("i", "other")).toBeNull();
    expect(await keptRooms("other")).toEqual([]);
  });
  it("of another program are not shown", async () => {
    await keepRoom({ ...room("i", "p", 1), shape: "another" });
    expect(await readRoom("i", "p")).toBeNull();
  });
  it("are few: the oldest goes", async () => {
    for (let at = 1; at <= 7; at += 1) await keepRoom(room(`i-${at}`, "p", at));
    expect((await keptRooms("p")).map(({ incident }) => incident)).toEqual(["i-7", "i-6", "i-5", "i-4", "i-3"]);
  });
  it("are gone with the session, and the drafts with them", async () => {
    await keepRoom(room("i", "p", 1));
    await keepText(text("s", 1));
    await forgetRooms();
    expect(await keptRooms("p")).toEqual([]);
    expect(await readText(textKey("i", "s", "p"))).toBeNull();
  });
});

describe("drafts", () => {
  it("are kept one by one, let go one by one, and few: the oldest goes", async () => {
    for (let at = 1; at <= 22; at += 1) await keepText(text(`s-${at}`, at));
    expect((await readText(textKey("i", "s-22", "p")))?.rev).toBe(22);
    expect(await readText(textKey("i", "s-2", "p"))).toBeNull();
    await forgetText(textKey("i", "s-22", "p"));
    expect(await readText(textKey("i", "s-22", "p"))).toBeNull();
    expect(await readText(textKey("i", "s-3", "p"))).not.toBeNull();
  });
  it("of one room are gone when it begins anew", async () => {
    await keepText(text("s", 1));
    await keepText({ ...text("s", 1), key: textKey("i-2", "s", "p") });
    await forgetTexts("i");
    expect(await readText(textKey("i", "s", "p"))).toBeNull();
    expect(await readText(textKey("i-2", "s", "p"))).not.toBeNull();
  });
});
