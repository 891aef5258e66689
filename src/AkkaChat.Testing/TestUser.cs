using System.Security.Claims;

namespace AkkaChat.Testing;

/// <summary>Makes users for tests, as ASP.NET Core authentication would.</summary>
public static class TestUser
{
    /// <summary>An authenticated user.</summary>
    /// <param name="name">Both the name and the id, by which <c>ToUser</c> finds the user's sockets.</param>
    /// <param name="roles">The user's roles.</param>
    public static ClaimsPrincipal Named(string name, params string[] roles)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(roles);
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Name, name)];
        claims.AddRange(roles.Select(role => new Claim(ClaimTypes.Role, role)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, authenticationType: "test"));
    }
}
