import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin, type UserConfig } from 'vite';

/**
 * Builds the public status page beside the console: HTML and one style sheet under a name that stays, since the pages that
 * are published later link to it.
 */
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
          rolldownOptions: { output: { assetFileNames: 'status[extname]' } },
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
    assetsInlineLimit: 0,
  },
};

/** The console goes to dist/console with hashed assets, the status page to dist/status. */
export default defineConfig(({ command }) => {
  // Whoever builds may run under a test runner's NODE_ENV, which would bring React's development build along.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return site;
});
