import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { functions, routes } from '../shared/wiring/index.ts';
import { acknowledge, acknowledgementsFor } from './acknowledgements.ts';
import { bundle } from './bundle.ts';
import { parseSettings, type Settings } from './config.ts';
import { settingsGiven } from './settings-file.ts';
import { builtSites } from './sites.ts';
import { IncidentManagement } from './stack.ts';
import { WrongSettings } from './wrong-settings.ts';

const root = join(import.meta.dirname, '..');
const app = new App();
const settings = settingsOrRefusal(app.node.getAllContext());
const sites = await builtSites(root);
const into = await mkdtemp(join(tmpdir(), 'bundles-'));
try {
  const entries = Object.entries(functions).map(([name, { entry }]) => [name, `functions/${entry}.ts`]);
  const files = Object.entries(functions).map(([name, entry]) => [name, 'files' in entry ? entry.files : []]);
  const bundles = await bundle(Object.fromEntries(entries), { root, into, files: Object.fromEntries(files) });
  const stack = new IncidentManagement(app, settings.stackName, { settings, bundles, sites, routes });
  acknowledge(stack, acknowledgementsFor(settings));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} finally {
  await rm(into, { recursive: true });
}

/** Ends the process with words alone when settings are wrong: where in our program that was noticed helps nobody. */
function settingsOrRefusal(context: Record<string, unknown>): Settings {
  try {
    const { values, source } = settingsGiven(context, root);
    return parseSettings(values, source);
  } catch (fault) {
    if (!(fault instanceof WrongSettings)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    process.exit(1);
  }
}
