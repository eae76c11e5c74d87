import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';

const place = document.getElementById('console');
if (place === null) throw new Error('The page has no element with the id "console".');
createRoot(place).render(<App />);
