/** What the layer is told, and what the composer says before it is too late. */
export const maxMessageLength = 10_000;
export const maxUploadBytes = 10 * 1_024 * 1_024;
