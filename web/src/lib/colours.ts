// Which colour a writer takes. Each window says its own to the others, so it is the same in every window and stays;
// whoever comes takes one that is free.

/** How many there are; their tones are in tokens.css, their names in the dictionary. */
export const COLOURS = 8;

export type Coloured = { person: string; colour: number | null };

export const isColour = (it: unknown): it is number => Number.isInteger(it) && Number(it) >= 0 && Number(it) < COLOURS;

/** Where a person begins to look, so that they mostly have the same one again. */
function usual(person: string): number {
  let sum = 0;
  for (const unit of person) sum = (sum * 31 + (unit.codePointAt(0) ?? 0)) % COLOURS;
  return sum;
}

/** The colour for `own`, as things stand: a person has one in all their windows, and no two people the same. */
export function colourFor(own: Coloured, others: readonly Coloured[]): number {
  const { person, colour } = own;
  const mine = others.find((one) => one.person === person && one.colour !== null);
  if (colour === null && mine?.colour != null) return mine.colour;
  const strangers = others.filter((one) => one.person !== person);
  // Two who came at the same moment took the same: one of them moves on.
  const kept = !strangers.some((one) => one.colour === colour && one.person < person);
  if (colour !== null && kept) return colour;
  const taken = new Set(strangers.map((one) => one.colour));
  const first = usual(person);
  for (let step = 0; step < COLOURS; step += 1) {
    const next = (first + step) % COLOURS;
    if (!taken.has(next)) return next;
  }
  return colour ?? first;
}
