import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import type { renderPage } from '../../functions/status/render.ts';

const root = join(import.meta.dirname, '../..');

/** The publisher's own renderer, bundled as the deployment does: it is made of components and a style sheet. */
export async function bundledRender(): Promise<typeof renderPage> {
  const { outputFiles } = await build({
    ...{ absWorkingDir: root, entryPoints: ['functions/status/render.ts'], bundle: true, write: false },
    ...{ format: 'cjs', platform: 'node', target: 'node24', packages: 'external', logLevel: 'silent' },
    ...{ jsx: 'automatic', loader: { '.css': 'text' }, define: { 'process.env.NODE_ENV': '"production"' } },
  });
  const text = `(function (require, module, exports) {${outputFiles[0]?.text ?? ''}\n})`;
  const module = { exports: {} as { renderPage: typeof renderPage } };
  new Script(text, { filename: 'render.cjs' }).runInThisContext()(
    createRequire(import.meta.url),
    module,
    module.exports,
  );
  return module.exports.renderPage;
}
