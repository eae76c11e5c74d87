import { expect, test } from 'vitest';
import { permissionsPage } from '../support/permissions-page.ts';
import { synthesized } from './synthesized.ts';

test('docs/permissions.md shows what the roles of the synthesized stack allow', async () => {
  await expect(permissionsPage(synthesized())).toMatchFileSnapshot('../../docs/permissions.md');
});
