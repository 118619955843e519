/** What a tab that was stopped had on disk: it may go on, and others may have taken it over meanwhile. @internal */
export interface KeptTab {
  readonly tab: string;
  readonly opIds: ReadonlySet<string>;
}
