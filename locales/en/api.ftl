api-method-not-allowed = This address does not take that method, so nothing was done. The header `allow` names those it takes.
