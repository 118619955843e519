export type ErrorCode =
  | 'TOKEN_MISSING'
  | 'TOKEN_INVALID'
  | 'TOKEN_EXPIRED'
  | 'INVALID_CREDENTIALS'
  | 'VALIDATION_ERROR'
  | 'BAD_JSON'
  | 'BAD_UUID'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'USER_NOT_FOUND'
  | 'PROJECT_NOT_FOUND'
  | 'CHANNEL_NOT_FOUND'
  | 'MESSAGE_NOT_FOUND'
  | 'REACTION_NOT_FOUND'
  | 'FILE_NOT_FOUND'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'UPGRADE_REQUIRED'
  | 'RATE_LIMITED'
  | 'INTERNAL_ERROR'
  | 'BAD_GATEWAY'
  | 'UNAVAILABLE';

/** An answer of the server that is not the wished one. The real vocabulary of codes is unknown; this one is ours. */
export class ApiError extends Error {
  readonly statusCode: number;
  readonly code: ErrorCode;

  constructor(statusCode: number, code: ErrorCode, message: string) {
    super(message);
    this.name = 'ApiError';
    this.statusCode = statusCode;
    this.code = code;
  }
}

/** The codes of failures that a fault makes up; any other status says that it was made up. */
const injectedCodes: Readonly<Partial<Record<number, ErrorCode>>> = {
  401: 'TOKEN_EXPIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMITED',
  502: 'BAD_GATEWAY',
  503: 'UNAVAILABLE',
};

/** An answer that a fault gives instead of the true one. */
export function injected(statusCode: number): ApiError {
  const code =
    injectedCodes[statusCode] ?? (statusCode < 500 ? 'VALIDATION_ERROR' : 'INTERNAL_ERROR');
  return new ApiError(statusCode, code, `Made up by a fault of the emulator (${statusCode})`);
}

export const invalid = (message: string): ApiError =>
  new ApiError(400, 'VALIDATION_ERROR', message);
export const forbidden = (message: string): ApiError => new ApiError(403, 'FORBIDDEN', message);
export const conflict = (message: string): ApiError => new ApiError(409, 'CONFLICT', message);
export const userNotFound = (): ApiError => new ApiError(404, 'USER_NOT_FOUND', 'User not found');
export const projectNotFound = (): ApiError =>
  new ApiError(404, 'PROJECT_NOT_FOUND', 'Project not found');
export const channelNotFound = (): ApiError =>
  new ApiError(404, 'CHANNEL_NOT_FOUND', 'Channel not found');
export const messageNotFound = (): ApiError =>
  new ApiError(404, 'MESSAGE_NOT_FOUND', 'Message not found');
export const reactionNotFound = (): ApiError =>
  new ApiError(404, 'REACTION_NOT_FOUND', 'Reaction not found');
export const fileNotFound = (): ApiError => new ApiError(404, 'FILE_NOT_FOUND', 'File not found');
