export { createFakeOrigin } from './fakeOrigin';
export { createFakePlatform } from './fakePlatform';
export { createMemoryStorage } from './memoryStorage';
export { createScriptedServer } from './scriptedStream';
export { createScriptedUploads } from './scriptedUploads';
export { createSeededRandom } from './seededRandom';
export { createVirtualTime } from './virtualTime';

export type { FakeOrigin, FakeTab } from './fakeOrigin';
export type { MemoryDisk, MemoryStorage, WriteFate } from './memoryStorage';
export type { FakePlatform, FakePlatformOptions, LogLine, PendingWork } from './fakePlatform';
export type { ScriptedBody, ScriptedHead, ScriptedRequest, ScriptedServer } from './scriptedStream';
export type { ScriptedUpload, ScriptedUploads } from './scriptedUploads';
export type { VirtualTime } from './virtualTime';
