// Rows that are many and read as a whole, such as the lines of a timeline: one signal says that some changed. A signal for
// each of twenty thousand rows costs more than all that is done with them.

export class Many<Row extends { rev: number }> {
  private readonly rows = new Map<string, Row>();
  private version = $state(0);

  constructor(private readonly keyOf: (row: Row) => string) {}

  /** Puts rows in place of what has the same key; an older version of a row that arrives late is let go. */
  put(rows: Row[] | undefined): void {
    if (!rows?.length) return;
    for (const row of rows) {
      const key = this.keyOf(row);
      const there = this.rows.get(key);
      if (!there || row.rev >= there.rev) this.rows.set(key, row);
    }
    this.version += 1;
  }

  get(key: string): Row | undefined {
    void this.version;
    return this.rows.get(key);
  }

  values(): MapIterator<Row> {
    void this.version;
    return this.rows.values();
  }

  get size(): number {
    void this.version;
    return this.rows.size;
  }

  clear(): void {
    this.rows.clear();
    this.version += 1;
  }
}
