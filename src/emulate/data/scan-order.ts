/** The keys in the order in which they came, each with a number that counts up. What a cursor saw does not come again. */
export interface ScanOrder {
  add(key: string): number;
  remove(id: number): void;
  /** Up to `count` keys whose numbers are `from` or higher, and where to go on; 0 at the end. */
  after(from: number, count: number): { readonly keys: readonly string[]; readonly next: number };
  clear(): void;
}

export function createScanOrder(): ScanOrder {
  /** Side by side; null where a key is gone. */
  let ids: number[] = [];
  let keys: (string | null)[] = [];
  let gone = 0;
  let last = 0;

  function closeGaps(): void {
    ids = ids.filter((_, place) => keys[place] !== null);
    keys = keys.filter((key) => key !== null);
    gone = 0;
  }

  /** The first place whose number is at least this one. */
  function placeOf(id: number): number {
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ids[middle] as number) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add(key) {
      last += 1;
      ids.push(last);
      keys.push(key);
      return last;
    },
    remove(id) {
      keys[placeOf(id)] = null;
      gone += 1;
      if (gone > 64 && gone * 2 > keys.length) closeGaps();
    },
    after(from, count) {
      const found: string[] = [];
      let place = placeOf(from);
      for (; place < ids.length && found.length < count; place += 1) {
        const key = keys[place];
        if (key != null) found.push(key);
      }
      return { keys: found, next: ids[place] ?? 0 };
    },
    clear() {
      ids = [];
      keys = [];
      gone = 0;
    },
  };
}
