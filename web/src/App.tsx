import { lazy } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { queries } from './api/queries'
import { RequireSession } from './pages/account/RequireSession'
import NotFoundPage from './pages/NotFoundPage'
import { Crash } from './ui/Crash'
import { Shell } from './ui/Shell'

const HomePage = lazy(() => import('./pages/HomePage'))
const SearchPage = lazy(() => import('./pages/search/SearchPage'))
const DetailPage = lazy(() => import('./pages/detail/DetailPage'))
const LoginPage = lazy(() => import('./pages/account/LoginPage'))
const RegisterPage = lazy(() => import('./pages/account/RegisterPage'))
const LinkPage = lazy(() => import('./pages/account/LinkPage'))
const AccountPage = lazy(() => import('./pages/account/AccountPage'))
const UploadPage = lazy(() => import('./pages/upload/UploadPage'))
const MinePage = lazy(() => import('./pages/mine/MinePage'))
const ModerationPage = lazy(() => import('./pages/moderation/ModerationPage'))

const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Crash />,
    children: [
      { index: true, element: <HomePage /> },
      { path: 'suche', element: <SearchPage /> },
      { path: 'nano/:slug', element: <DetailPage /> },
      { path: 'anmelden', element: <LoginPage /> },
      { path: 'anmelden/link', element: <LinkPage /> },
      { path: 'registrieren', element: <RegisterPage /> },
      { path: 'konto', element: <RequireSession><AccountPage /></RequireSession> },
      { path: 'hochladen', element: <RequireSession><UploadPage /></RequireSession> },
      { path: 'meine', element: <RequireSession><MinePage /></RequireSession> },
      { path: 'pruefung', element: <RequireSession roles={['moderator', 'admin']}><ModerationPage /></RequireSession> },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
])

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  )
}
