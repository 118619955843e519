// app/api.ts
import { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query/react';
import { session } from './session';

export interface Message {
  readonly message_id: string;
  readonly username: string | null;
  readonly content: string;
  // new: these two come from the layer
  readonly client_id?: string;
  readonly status?: string;
}

export interface Channel {
  readonly channel_id: string;
  readonly name: string;
  readonly unread_count: number;
}

export const api = createApi({
  reducerPath: 'api',
  baseQuery: fetchBaseQuery({
    baseUrl: '/api',
    prepareHeaders(headers) {
      const token = session.getToken();
      if (token !== null) headers.set('authorization', `Bearer ${token}`);
    },
  }),
  endpoints: (build) => ({
    getMessages: build.query<{ readonly messages: readonly Message[] }, string>({
      query: (channelId) => ({ url: '/chat/messages', params: { channelId } }),
    }),
    getChannels: build.query<{ readonly channels: readonly Channel[] }, undefined>({
      query: () => '/chat/channels',
    }),
  }),
});

export const { useGetMessagesQuery, useGetChannelsQuery } = api;
