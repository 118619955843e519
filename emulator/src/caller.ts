/** Whoever asks: read from the access token, or a traffic bot. */
export interface Caller {
  readonly userId: string;
  readonly username: string;
  readonly role: 'member' | 'moderator' | 'admin';
}
