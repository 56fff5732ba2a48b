// A draft in two tabs is one draft, and no tab loses words of its own.
import { expect, it } from "vitest";
import { followKept } from "./kept";

const tells = (key: string, oldValue: string | null, newValue: string | null) => dispatchEvent(new StorageEvent("storage", { key, oldValue, newValue }));

it("follows the other tab while both show the same, and is emptied when the other sends", () => {
  let text = "";
  const stop = followKept("k", () => text, (now) => (text = now));
  tells("k", null, "nước");
  tells("k", "nước", "nước dâng");
  expect(text).toBe("nước dâng");
  tells("other", "nước dâng", "khác");
  expect(text).toBe("nước dâng");
  tells("k", "nước dâng", null);
  expect(text).toBe("");
  stop();
  tells("k", null, "nữa");
  expect(text).toBe("");
});
it("keeps words that only this tab shows", () => {
  let text = "của tôi";
  followKept("k", () => text, (now) => (text = now));
  tells("k", "của kia", null);
  expect(text).toBe("của tôi");
});
