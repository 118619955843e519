import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const page = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const library = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: {
    // the library's sources, so that a change in them shows at once
    alias: [
      { find: /^@hudhud\/state$/, replacement: library('index.ts') },
      { find: /^@hudhud\/state\/react$/, replacement: library('react/index.ts') },
      { find: /^@hudhud\/state\/replay$/, replacement: library('replay/index.ts') },
    ],
    dedupe: ['react', 'react-dom', 'react-redux'],
  },
  build: {
    target: 'es2022',
    // the first ones with light-dark(), which the colours are written in
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    sourcemap: true,
    rolldownOptions: {
      input: [page('index.html'), page('inspector.html')],
    },
    // one chunk for what the pages share, and little more than one for each: there is nothing in it that a visitor does without
    chunkSizeWarningLimit: 800,
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
