"""The model behind ``fit``: a small state-space model per person, integrated numerically.

For answer j at t_j days after the first answer (all scores on 0 to 10, less is better):

    f(t) = L + E exp(-t / tauE)
         + sum over sessions s before t of
             g_s [(delta + technique_s) exp(-(t - t_s) / tau) + alpha exp(-(t - t_s) / 0.25) + lam]
         + rho [rated right after a session] + z(t)' beta + D(t) + W(t)
    y_j  = clip(round(f(t_j) + N(0, se^2)), 0, 10)

D is an Ornstein-Uhlenbeck process (sd sD, correlation phi^dt), W a random walk (sd q sqrt(dt),
W(0) = 0), g_s the minutes / 60. Given theta = (log sD, logit phi, log se, log q, log tau,
log tauE) the model is linear and Gaussian:

``priors``     what is assumed before any answer, with its source
``design``     the columns X, known but for tau and tauE
``kalman``     the collapsed filter: coefficients integrated out in closed form
``kernel``     the same filter compiled, when numba is installed
``dense``      the same likelihood written as one multivariate normal; for small parts and tests
``sites``      answers at 0 or 10, as Gaussian sites found by expectation propagation
``points``     Sobol points and normal and t draws from them
``integrate``  adaptive importance sampling over theta
``mixture``    figures from the weighted mixture of Gaussians
"""
