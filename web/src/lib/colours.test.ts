// Colours: stable, the same in every window, never twice among those present.
import { describe, expect, it } from "vitest";
import { COLOURS, colours } from "./colours";

describe("colours", () => {
  it("stay when others come, go and begin to write", () => {
    expect(colours(["an", "bình"], ["bình"]).get("bình")).toBe(1);
    expect(colours(["an", "bình"], ["bình", "an", "chi"])).toEqual(new Map([["an", 0], ["bình", 1], ["chi", 2]]));
    expect(colours(["an", "bình", "chi"], ["chi", "bình"]).get("chi")).toBe(2);
  });
  it("do not depend on the order in which a window heard of people", () => {
    expect(colours([], ["b", "a"])).toEqual(colours([], ["a", "b"]));
  });
  it("are not given twice while there are enough", () => {
    const authors = Array.from({ length: 2 * COLOURS }, (_, n) => `p${n}`);
    const present = ["p0", "p8", "p1", "p9", "p3", "p11", "p4", "p12"];
    expect(new Set(colours(authors, present).values()).size).toBe(COLOURS);
    expect(colours(authors, authors).size).toBe(authors.length);
  });
});
