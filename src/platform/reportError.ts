/** Tells a developer about an error that must not stop what it happened in. @internal */
export type ReportError = (error: unknown) => void;

interface ConsoleScope {
  readonly console?: Pick<Console, 'error'>;
}

/**
 * Prints it. `globalThis.reportError` would be the browser's own word for this, but where it exists on servers, it ends
 * the process.
 *
 * @internal
 */
export const systemReportError: ReportError = (error) => {
  (globalThis as ConsoleScope).console?.error(error);
};
