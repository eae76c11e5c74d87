import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin, type UserConfig } from 'vite';

/** Builds what the status site shows where nothing was published: pages themselves are written by the publisher. */
function statusPage(): Plugin {
  let outDir = '';
  return {
    name: 'status-page',
    apply: 'build',
    configResolved({ root, build: { outDir: ofConsole } }) {
      outDir = resolve(root, ofConsole, '../status');
    },
    async writeBundle() {
      await build({
        configFile: false,
        root: join(import.meta.dirname, 'status'),
        logLevel: 'warn',
        build: {
          outDir,
          emptyOutDir: true,
          rolldownOptions: {
            input: join(import.meta.dirname, 'status/not-found.html'),
            output: { assetFileNames: 'not-found[extname]' },
          },
        },
      });
    },
  };
}

const site: UserConfig = {
  root: import.meta.dirname,
  plugins: [react(), statusPage()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // The scheme is a choice of the person, so the browser itself has to know light-dark().
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    // In kB: the editor of the shared document, which is loaded when somebody opens it.
    chunkSizeWarningLimit: 700,
    assetsInlineLimit: 0,
  },
};

/** The console goes to dist/console with hashed assets, what stands for missing status pages to dist/status. */
export default defineConfig(({ command }) => {
  // Whoever builds may run under a test runner's NODE_ENV, which would bring React's development build along.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return site;
});
