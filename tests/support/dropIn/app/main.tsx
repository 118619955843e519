// app/main.tsx
import { createRoot } from 'react-dom/client';
import { makeStore } from './makeStore';
import { Root } from './Root';

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Root app={makeStore()} />);
