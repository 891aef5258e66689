namespace AkkaChat.Web.Forwarding;

/// <summary>
/// Another node, as a place to hand requests to. A poll may wait for long, so that no answer says nothing: whether the
/// node runs at all is asked beside it, once for all requests that wait. Thread-safe.
/// </summary>
internal sealed class Owner(Uri address, NodeClient client, ForwardingLog log, TimeSpan limit, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _half = limit / 2;
    private Task<bool> _asking = Task.FromResult(true);
    private int _isSilent;
    private int _hasRefused;

    public string Name => address.Authority;

    /// <summary>The address at which it takes a request.</summary>
    /// <param name="target">Path and query, encoded.</param>
    public Uri? At(string target) =>
        Uri.TryCreate(address.GetLeftPart(UriPartial.Authority) + target, UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>Sends a request, and gives it up if the node gives no sign of life within the limit.</summary>
    /// <exception cref="HttpRequestException">It cannot be reached, or broke off.</exception>
    /// <exception cref="OwnerSilentException">It gave no sign of life.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var givingUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = client.SendAsync(request, givingUp.Token);
        if (!await GivesSignOfLifeAsync(answer))
        {
            await givingUp.CancelAsync();
        }

        try
        {
            var response = await answer;
            OnAnswered();
            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            OnSilent();
            throw new OwnerSilentException();
        }
    }

    /// <summary>Has a poll answered that waits there, as far as that is possible.</summary>
    public async Task ReleaseAsync(Uri address)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        try
        {
            using var answer = await client.SendAsync(request, late.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException)
        {
            // Then the poll ends with this node, and its client opens another session.
        }
    }

    /// <summary>It does not take this node for one of its cluster, which is told once.</summary>
    public void OnSecretRefused()
    {
        if (Interlocked.Exchange(ref _hasRefused, 1) == 0)
        {
            log.SecretRefused(Name);
        }
    }

    /// <summary>Half of the limit is for the answer itself, which most are quick to give, half for the question.</summary>
    private async Task<bool> GivesSignOfLifeAsync(Task answer)
    {
        await Task.WhenAny(answer, Task.Delay(_half, time));
        if (answer.IsCompleted)
        {
            return true;
        }

        var alive = IsAliveAsync();
        await Task.WhenAny(answer, alive);
        return answer.IsCompleted || await alive;
    }

    /// <summary>A question that is under way is younger than the requests that ask it.</summary>
    private Task<bool> IsAliveAsync()
    {
        lock (_gate)
        {
            return _asking.IsCompleted ? _asking = AskAsync() : _asking;
        }
    }

    private async Task<bool> AskAsync()
    {
        await Task.Yield();
        using var late = new CancellationTokenSource(_half, time);
        using var question = new HttpRequestMessage(HttpMethod.Get, At(InternalProtocol.AlivePath));
        try
        {
            using var answer = await client.SendAsync(question, late.Token);
            OnAnswered();
            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException)
        {
            return false;
        }
    }

    private void OnSilent()
    {
        if (Interlocked.Exchange(ref _isSilent, 1) == 0)
        {
            log.OwnerSilent(Name, limit.TotalSeconds);
        }
    }

    private void OnAnswered()
    {
        if (Volatile.Read(ref _isSilent) == 1 && Interlocked.Exchange(ref _isSilent, 0) == 1)
        {
            log.OwnerAnswersAgain(Name);
        }
    }
}
