// Which colour each writer has: the same in every window, and no two people present in the same one.

/** How many there are; their tones are in tokens.css, their names in the dictionary. */
export const COLOURS = 8;

/**
 * Colours by person. Whoever wrote in the statement has a place in `authors` for ever, and with it a colour; who is
 * here but has not written yet has the one that they will get when they do.
 */
export function colours(authors: readonly string[], present: readonly string[]): Map<string, number> {
  const order = [...authors, ...present.filter((one) => !authors.includes(one)).sort()];
  const given = new Map<string, number>();
  const taken = new Set<number>();
  order.forEach((person, place) => {
    if (!present.includes(person)) return;
    let colour = place % COLOURS;
    for (let tries = 0; taken.has(colour) && tries < COLOURS; tries += 1) colour = (colour + 1) % COLOURS;
    taken.add(colour);
    given.set(person, colour);
  });
  return given;
}
