import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Inspector } from './Inspector';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import './inspector.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <Inspector />
  </StrictMode>,
);
