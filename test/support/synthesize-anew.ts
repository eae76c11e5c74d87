import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import type { Bundles } from '../../infra/bundle.ts';
import { parseSettings } from '../../infra/config.ts';
import { localAssembly } from '../../infra/local/cli/synthesize.ts';
import { readAssembly } from '../../infra/local/template/assembly.ts';
import { settingsGiven } from '../../infra/settings-file.ts';
import { builtSites } from '../../infra/sites.ts';
import { IncidentManagement } from '../../infra/stack.ts';
import { routes } from '../../shared/wiring/index.ts';

/**
 * As infra/app.ts does, but with the code that is bundled already: what it says of a function does not depend on settings.
 * A process of its own, started by `synthesizeWith`.
 */
const root = join(import.meta.dirname, '../..');

const Code = z.object({ Handler: z.string(), Code: z.object({ S3Key: z.string() }) });

/** The code of each function in the assembly that stories run on. */
function bundlesThere(): Bundles {
  const { body, assets } = readAssembly(join(root, localAssembly));
  const bundles = new Map<string, string>();
  for (const { Type, Properties } of Object.values(body.Resources)) {
    const code = Type === 'AWS::Lambda::Function' ? Code.safeParse(Properties).data : undefined;
    const folder = assets.get(code?.Code.S3Key ?? '');
    if (code !== undefined && folder !== undefined)
      bundles.set(code.Handler.replace(/\.handler$/, ''), folder);
  }
  return bundles;
}

const app = new App();
const { values, source } = settingsGiven(app.node.getAllContext(), root);
const settings = parseSettings(values, source);
new IncidentManagement(app, settings.stackName, {
  ...{ settings, routes },
  bundles: bundlesThere(),
  sites: await builtSites(root),
});
app.synth();
