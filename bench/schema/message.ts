/** The sample of wire contract 4: what the backend sends for a new message. */
export const frame = {
  event: 'channel_message',
  data: JSON.stringify({
    action: 'new_message',
    message_id: 'a7e7c6c0-5a55-4f0b-b0de-6f8b6c3c1c03',
    channelId: '3d1f7a52-9b57-4c0f-8a77-0e3b9d4c2b02',
    user_id: 'c1d9b1f4-0f6b-4d7e-9a29-2f4f7b6e8d04',
    username: 'omar',
    content: 'build is green',
    type: 'text',
    metadata: {},
    thread_count: 0,
    reactions: [],
    created_at: '2025-09-01T08:00:31.120Z',
    is_edited: false,
  }),
};
