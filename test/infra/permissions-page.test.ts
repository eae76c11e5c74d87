import { expect, test } from 'vitest';
import { permissionsPage } from '../support/permissions-page.ts';
import { synthesize } from './synthesized.ts';

test('docs/permissions.md shows what the roles of the synthesized stack allow', async () => {
  await expect(permissionsPage(synthesize())).toMatchFileSnapshot('../../docs/permissions.md');
});
