// Colours: they stay, and no two people have the same while there are enough.
import { describe, expect, it } from "vitest";
import { type Coloured, COLOURS, colourFor } from "./colours";

const people = (count: number) => Array.from({ length: count }, (_, n) => `person-${n}`);

/** Everybody hears of everybody and chooses again, until nobody moves. */
function settle(all: Coloured[]): Coloured[] {
  for (let round = 0; round < all.length; round += 1) {
    all = all.map((own) => ({ ...own, colour: colourFor(own, all.filter((one) => one !== own)) }));
  }
  return all;
}

describe("a writer's colour", () => {
  it("stays when others come and go", () => {
    const here: Coloured[] = [];
    for (const person of people(COLOURS)) here.push({ person, colour: colourFor({ person, colour: null }, here) });
    expect(new Set(here.map((one) => one.colour)).size).toBe(COLOURS);
    expect(settle(here)).toEqual(here);
    expect(settle(here.slice(3))).toEqual(here.slice(3));
  });
  it("is another one for each, even of those who come at the same moment", () => {
    const all = settle(people(COLOURS).map((person) => ({ person, colour: null })));
    expect(new Set(all.map((one) => one.colour)).size).toBe(COLOURS);
  });
  it("is one in all windows of a person", () => {
    const first = { person: "an", colour: 5 };
    expect(colourFor({ person: "an", colour: null }, [{ person: "bình", colour: 2 }, first])).toBe(5);
    expect(colourFor(first, [{ person: "an", colour: 5 }])).toBe(5);
  });
  it("is there even when all are taken", () => {
    for (const one of settle(people(2 * COLOURS).map((person) => ({ person, colour: null })))) expect(one.colour).toBeLessThan(COLOURS);
  });
});
