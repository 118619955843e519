export { createFileSink } from './fileSink';

export type { FileSinkOptions } from './fileSink';
