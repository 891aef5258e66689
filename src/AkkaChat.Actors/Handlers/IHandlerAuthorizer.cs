namespace AkkaChat.Handlers;

/// <summary>Decides who may cause a handler to run. The web layer brings ASP.NET Core's authorization.</summary>
internal interface IHandlerAuthorizer
{
    /// <summary>What these attributes ask for, prepared once; null if nothing.</summary>
    object? PolicyOf(IReadOnlyList<object> attributes);

    /// <summary>What these named policies ask for; none: an authenticated user.</summary>
    object PolicyOf(string[] names);

    /// <summary>Whether the socket's user meets the policy.</summary>
    ValueTask<bool> IsAllowedAsync(Socket socket, object policy);
}
