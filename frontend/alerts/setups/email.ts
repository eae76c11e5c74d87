import { plainAddress, type Setup } from '../setup.ts';

export const email: Setup = {
  name: 'E-mail',
  where:
    'Wherever the tool asks for an address that it mails its alerts to. What stands behind a + before the @ names the service: key+checkout@….',
  trial: ({ url }) =>
    `printf 'Subject: [warning] Trial\\n\\nService: trial\\n' | sendmail '${plainAddress(url)}'`,
};
