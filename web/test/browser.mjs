// Starts the system's Chromium for the browser tests.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

export const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-proxy-server']

export function launch() {
  if (!CHROMIUM) throw new Error('no Chromium in /usr/bin; install the package chromium')
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
}
