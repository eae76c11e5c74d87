import { Button, MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { theme } from '../../../frontend/app/theme.ts';

// What a page of React and Mantine weighs that shows one button and asks nobody: the console's own style sheet, and no more script.
const place = document.getElementById('page');
if (place === null) throw new Error('The page has no element with the id "page".');
createRoot(place).render(
  <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
    <Button>Go on</Button>
  </MantineProvider>,
);
