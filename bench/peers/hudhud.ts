import { createHudhudStore, unbounded } from '../hudhudStore';
import type { Peer } from '../peer';

export const hudhudPeer: Peer = {
  name: '@hudhud/state',
  create: () => createHudhudStore(unbounded),
};
