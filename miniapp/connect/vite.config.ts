import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the page that connects accounts into `dist`, apart from the Mini App, so that neither weighs on the other. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/connect/',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, modulePreload: { polyfill: false } },
});
