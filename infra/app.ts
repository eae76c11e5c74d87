import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { functions, routes } from '../shared/wiring/index.ts';
import { acknowledge, acknowledgementsFor } from './acknowledgements.ts';
import { bundle } from './bundle.ts';
import { parseSettings } from './config.ts';
import { builtSites } from './sites.ts';
import { IncidentManagement } from './stack.ts';

const root = join(import.meta.dirname, '..');
const app = new App();
const settings = parseSettings(app.node.getAllContext());
const sites = await builtSites(root);
const into = await mkdtemp(join(tmpdir(), 'bundles-'));
try {
  const entries = Object.entries(functions).map(([name, { entry }]) => [name, `functions/${entry}.ts`]);
  const bundles = await bundle(Object.fromEntries(entries), { root, into });
  const stack = new IncidentManagement(app, 'IncidentManagement', { settings, bundles, sites, routes });
  acknowledge(stack, acknowledgementsFor(settings));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} finally {
  await rm(into, { recursive: true });
}
