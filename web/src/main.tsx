import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { restorePreferences } from './state/preferences'
import './styles/index.css'

const root = document.getElementById('root')

function show(): void {
  if (!root) return
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

restorePreferences().then(show, show) // without the other language's words the app still starts in German
