/**
 * One change of what is kept: an entry is put in place, taken out, or all are taken out whose keys begin so. Values are
 * plain JSON.
 *
 * @public
 */
export type StorageChange =
  | { readonly put: string; readonly value: unknown }
  | { readonly drop: string }
  | { readonly dropAll: string };

/**
 * What outlives a page, as a port: entries by key, in spaces that know nothing of each other. All tabs of a browser share
 * it.
 *
 * @public
 */
export interface KeyValueStorage {
  /** The entries of a space whose keys begin with `prefix` (default: all), as they were at one moment. */
  read(space: string, prefix?: string): Promise<ReadonlyMap<string, unknown>>;
  /**
   * Carries all changes out, in order, or none of them. Rejects where that failed.
   *
   * @param expect - Entries as they have to be at that moment (`undefined`: missing); compared with `===`, so texts only.
   * @returns `false`: they were not, and nothing was changed.
   */
  write(
    space: string,
    changes: readonly StorageChange[],
    expect?: Readonly<Record<string, string | undefined>>,
  ): Promise<boolean>;
  /** Lets go of what it holds open; what is asked for later opens it again. */
  close(): void;
}
