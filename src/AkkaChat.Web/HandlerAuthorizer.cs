using AkkaChat.Handlers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web;

/// <summary>ASP.NET Core's authorization for handlers: the same attributes, policies and requirements as for controllers.</summary>
internal sealed class HandlerAuthorizer(IAuthorizationPolicyProvider policies, IServiceScopeFactory scopes) : IHandlerAuthorizer
{
    /// <summary>The authorizer of an application; null if it has no authorization services.</summary>
    public static HandlerAuthorizer? From(IServiceProvider services) =>
        services.GetService<IAuthorizationPolicyProvider>() is { } policies
            ? new HandlerAuthorizer(policies, services.GetRequiredService<IServiceScopeFactory>())
            : null;

    /// <inheritdoc/>
    public object? PolicyOf(IReadOnlyList<object> attributes)
    {
        var data = attributes.OfType<IAuthorizeData>().ToList();
        return data.Count == 0 || attributes.OfType<IAllowAnonymous>().Any() ? null : Combine(data);
    }

    /// <inheritdoc/>
    public object PolicyOf(string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        List<IAuthorizeData> data = names.Length == 0
            ? [new AuthorizeAttribute()]
            : [.. names.Select(name => new AuthorizeAttribute(name))];
        return Combine(data);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsAllowedAsync(Socket socket, object policy)
    {
        var combined = await ((Lazy<Task<AuthorizationPolicy?>>)policy).Value
            ?? throw new InvalidOperationException("The authorization policy is empty.");
        await using var scope = scopes.CreateAsyncScope();
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        return (await authorization.AuthorizeAsync(socket.User, socket, combined)).Succeeded;
    }

    /// <summary>Policies may still be added while handlers are registered, so they are looked up at the first use.</summary>
    private Lazy<Task<AuthorizationPolicy?>> Combine(List<IAuthorizeData> data) =>
        new(() => AuthorizationPolicy.CombineAsync(policies, data));
}
