import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { theme } from './app/theme.ts';

const place = document.getElementById('console');
if (place === null) throw new Error('The page has no element with the id "console".');
// Neither variables nor classes as style elements: the content policy refuses those, and styles/ has both.
createRoot(place).render(
  <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
    <App />
  </MantineProvider>,
);
