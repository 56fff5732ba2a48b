// Filters in the browser are those of the server, and an address says them whole.
import { expect, it } from "vitest";
import shared from "../../../tests/line_filter.json";
import type { Line, LineKind } from "../wire";
import { fitting, fromSearch, newestFirst, NONE, setFields, toQuery, toSearch, type Filter } from "./filter";

const lines = shared.lines.map((said): Line => {
  const by = { person: said.person, name: "N", title: "", office: said.office ?? null, at: said.recorded };
  return {
    id: said.id as [number, number],
    rev: said.id[0] ?? 0,
    kind: said.kind as LineKind,
    text: said.text,
    occurred_at: said.occurred,
    by,
    source: said.source ?? null,
    entry: null,
    corrected: null,
    origin: null,
    phase: said.phase,
    ...(said.reason ? { reason: said.reason } : {}),
    ...(said.report ? { report: { by } } : {}),
  };
});

it("a line fits when everything that is asked fits", () => {
  for (const { filter, found } of shared.cases) {
    const whole = { ...NONE, ...filter } as Filter;
    expect(lines.filter(fitting(whole)).sort(newestFirst(whole.order)).map((line) => line.id[0]), JSON.stringify(filter)).toEqual(found);
  }
});

it("an address says the whole filter, and a minute with all its seconds", () => {
  const search = "?co-quan=stt&loai=entry&giai-doan=intake&nguoi=a&tu=2026-03-01T12:00&den=2026-03-01T12:05&tim=h%C3%B2a+b%C3%ACnh&bao-cao=1&theo=xay-ra";
  const filter = fromSearch(search, "recorded");
  expect(filter.to).toBe("2026-03-01T05:05:59.999Z");
  expect(setFields(filter)).toHaveLength(8);
  expect(fromSearch(toSearch(filter, "?khac=1"), "recorded")).toEqual(filter);
  expect(toSearch(filter, "?khac=1")).toContain("khac=1");
  expect(toQuery(filter)).toMatchObject({ office: "stt", words: "hòa bình", report: "true", order: "occurred" });
});

it("what an address says wrongly hides nothing", () => {
  expect(fromSearch("?loai=khong-co&tu=hom-qua&bao-cao=2", "occurred")).toEqual({ ...NONE, order: "occurred" });
  expect(toSearch({ ...NONE, order: "occurred" })).toBe("");
});
